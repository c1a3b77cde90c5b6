// Starts `gen lsp` in each folder with a site, and lets VS Code speak with it. All that is known of articles is gen's.

const { commands, window, workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

async function start() {
  const settings = workspace.getConfiguration("gen");
  const run = { command: settings.get("path"), args: ["lsp"] };
  client = new LanguageClient(
    "gen",
    "gen",
    { run, debug: run },
    {
      documentSelector: [
        { scheme: "file", language: "markdown", pattern: "**/content/**" },
        { scheme: "file", pattern: "**/site.toml" },
        { scheme: "file", pattern: "**/content/**/*.replies.yml" },
      ],
      initializationOptions: { check: settings.get("check") },
    },
  );
  try {
    await client.start();
  } catch (error) {
    window.showErrorMessage(
      `gen could not be started (${error.message}). Install it, or set "gen.path" to where it is.`,
    );
  }
}

async function restart() {
  await client?.stop().catch(() => {});
  await start();
}

exports.activate = async (context) => {
  context.subscriptions.push(commands.registerCommand("gen.restart", restart));
  context.subscriptions.push(
    workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("gen") && restart()),
  );
  await start();
};

exports.deactivate = () => client?.stop();
