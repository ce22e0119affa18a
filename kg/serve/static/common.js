// What the scripts of all pages share.

export const prefix = document.body.dataset.prefix;
const words = JSON.parse(document.body.dataset.words);

/** A line in the reader's language, with {names} filled in. */
export function say(key, values = {}) {
  return words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
export const $ = (id) => document.getElementById(id);

/** An element with attributes and children; text is always text. */
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** The answer to a request, or an Error with the line that the server says. */
export async function ask(address, options = {}) {
  let response;
  try {
    response = await fetch(address, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error(say("lost"));
  }
  if (!response.ok) throw new Error((await response.text()).trim() || String(response.status));
  return response;
}

export const thousands = (number) => number.toLocaleString("en-US");
