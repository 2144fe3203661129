export default defineNuxtConfig({
  compatibilityDate: "2026-01-01",
  app: {
    head: {
      title: "Курсы",
      htmlAttrs: { lang: "ru" },
      script: [{ src: "/kelisim/kelisim.js", async: true, tagPriority: "critical" }],
    },
  },
});
