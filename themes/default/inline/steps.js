// In a guide: tells the first step before this one that was not opened in this browser. Which were stays in it.
try {
  const note = document.currentScript.previousElementSibling;
  const { guide, step } = note.dataset;
  const opened = new Set(JSON.parse(localStorage.getItem(`steps ${guide}`) ?? "[]"));
  const missed = [...note.children].find((one) => !opened.has(one.dataset.step));
  if (missed) note.hidden = missed.hidden = false;
  localStorage.setItem(`steps ${guide}`, JSON.stringify([...opened.add(step)]));
} catch {}
