// Wakes the islands of a page: loads the program's browser half, then hands each marked element to the
// function of its name. Loaded only by pages that hold an island; without it their forms work as plain forms.
import init, * as parts from "__GLUE__";

await init({ module_or_path: "__WASM__" });
parts.hydrate();
for (const island of document.querySelectorAll("leptos-island")) {
  const wake = parts[island.dataset.component];
  if (wake) await wake(island);
  else console.error(`no function for the island ${island.dataset.component}`);
}
