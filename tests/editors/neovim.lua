-- A session of Neovim with gen lsp: what an author does, and what must come of it. Ends with status 1 where it does not.

local function fail(what)
  io.stderr:write("\nfailed: " .. what .. "\n")
  vim.cmd("cquit 1")
end

local function wait_for(what, holds)
  if not vim.wait(30000, holds, 20) then
    fail(what)
  end
end

local client = vim.lsp.start_client({
  name = "gen",
  cmd = { vim.env.GEN, "lsp" },
  root_dir = vim.fn.getcwd(),
})
local buffer = vim.api.nvim_get_current_buf()
wait_for("the server begins", function()
  local begun = vim.lsp.get_client_by_id(client)
  return begun and begun.initialized
end)
vim.lsp.buf_attach_client(buffer, client)

local function codes(of)
  local found = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(of)) do
    found[diagnostic.code] = diagnostic
  end
  return found
end

local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, 30000)
  local answer = answers and answers[client]
  if not answer or answer.error then
    fail(method .. ": " .. vim.inspect(answer))
  end
  return answer.result
end

local function cursor(row, column)
  vim.api.nvim_win_set_cursor(0, { row, column })
end

local function line(row)
  return vim.api.nvim_buf_get_lines(0, row - 1, row, true)[1]
end

local function here()
  return vim.lsp.util.make_position_params(0, "utf-16")
end

local function apply(edit)
  vim.lsp.util.apply_workspace_edit(edit, "utf-16")
end

-- What is wrong is told, at the right place behind a sign of two units.
wait_for("a dead link is told", function()
  return codes(buffer)["dead-link"] ~= nil
end)
local dead = codes(buffer)["dead-link"]
if line(8):sub(dead.col + 1, dead.end_col) ~= "[two](nothing.md)" then
  fail("the dead link's place: " .. vim.inspect(dead))
end

-- Completion of a link, typed over the dead one.
local start = line(8):find("nothing.md", 1, true) - 1
vim.api.nvim_buf_set_text(0, 7, start, 7, start + #"nothing.md", { "seco" })
cursor(8, start + 4)
local offered = ask("textDocument/completion", here()).items
if #offered ~= 1 or offered[1].textEdit.newText ~= "two.md" then
  fail("completion: " .. vim.inspect(offered))
end
vim.lsp.util.apply_text_edits({ offered[1].textEdit }, buffer, "utf-16")
wait_for("the link is mended while it is typed", function()
  return codes(buffer)["dead-link"] == nil
end)

-- What the link leads to, and where that is.
cursor(8, start + 1)
local hover = ask("textDocument/hover", here()).contents.value
if not (hover:find("The second", 1, true) and hover:find("Linked from 1 page", 1, true)) then
  fail("hover: " .. hover)
end
local definition = ask("textDocument/definition", here())
if not vim.endswith(definition.uri, "/content/a/two.md") then
  fail("definition: " .. vim.inspect(definition))
end

-- What only the whole site shows is told after a save, and one click mends what gen check --fix would.
vim.cmd("silent write")
wait_for("the whole site is checked", function()
  return codes(buffer)["own-address"] ~= nil
end)
local address = line(8):find("https", 1, true) - 1
cursor(8, address)
local params = vim.lsp.util.make_range_params(0, "utf-16")
params.context = { diagnostics = {} }
local action = ask("textDocument/codeAction", params)[1]
if not action or action.kind ~= "quickfix" then
  fail("code actions: " .. vim.inspect(action))
end
apply(action.edit)
if line(8) ~= "😀 See [two](two.md) and [the other](two.md)." then
  fail("mended: " .. line(8))
end

-- A heading takes the links to it along.
cursor(10, 4)
local references = ask("textDocument/references", vim.tbl_extend("force", here(), { context = {} }))
if #references ~= 1 then
  fail("references: " .. vim.inspect(references))
end
apply(ask("textDocument/rename", vim.tbl_extend("force", here(), { newName = "Über uns" })))
if line(10) ~= "## Über uns" then
  fail("heading: " .. line(10))
end
vim.cmd("silent wall")
local two = table.concat(vim.fn.readfile("content/a/two.md"), "\n")
if not two:find("one.md#über-uns", 1, true) and not two:find("one.md#%C3%BCber-uns", 1, true) then
  fail("the link to the heading: " .. two)
end

-- A file does, too.
cursor(8, start + 1)
apply(ask("textDocument/rename", vim.tbl_extend("force", here(), { newName = "second" })))
vim.cmd("silent wall")
if vim.fn.filereadable("content/a/second.md") ~= 1 or not line(8):find("second.md", 1, true) then
  fail("the file's new name: " .. line(8))
end

-- The outline, and articles by their titles.
if ask("textDocument/documentSymbol", { textDocument = here().textDocument })[1].name ~= "Über uns" then
  fail("outline")
end
if #ask("workspace/symbol", { query = "second" }) ~= 1 then
  fail("symbols")
end
vim.lsp.stop_client(client)
vim.cmd("qall!")
