// Small questions that several modules ask of the page.
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

export const made = (tag, content, properties = {}) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...[content].flat().filter((one) => one != null));
  return element;
};

/** Whether a key was pressed as a command, not as part of a word. */
export const isCommand = (event) =>
  !event.target.closest?.("input:not([type=checkbox]):not([type=range]), textarea, select")
  && !event.metaKey && !event.ctrlKey && !event.altKey;
