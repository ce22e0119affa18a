// What the page says, in the reader's language.

const LANGUAGES = { zh: "zh-Hans", en: "en" };
const say = (key, values) => (kg.say[state.lang][key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values?.[name] ?? whole);
const term = (name) => kg.say[state.lang].terms[name] ?? name;
/** A relation as it reads from one of its ends. */
const relation = (property, inverse) => (inverse ? kg.say[state.lang].inverse[kg.properties[property]] : null) ?? term(kg.properties[property]);
const number = (count) => count.toLocaleString(state.lang === "zh" ? "zh-CN" : "en");
/** A period as a reader writes it: 2022-03/2022-05 → 2022-03 – 2022-05. */
const when = (period) => period.replace("/", " – ");
