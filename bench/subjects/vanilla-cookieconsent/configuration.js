CookieConsent.run({
  // Off, because it hides the notice from browsers that a program drives.
  hideFromBots: false,
  guiOptions: {
    consentModal: { layout: "bar", position: "bottom" },
  },
  categories: {
    necessary: { enabled: true, readOnly: true },
    analytics: { autoClear: { cookies: [{ name: "visit_counter" }] } },
    marketing: {},
  },
  language: {
    default: "ru",
    translations: {
      ru: {
        consentModal: {
          title: "Файлы cookie: ваш выбор",
          description:
            "С вашего согласия мы используем файлы cookie и аналогичные технологии для целей ниже. До согласия они не загружаются. Если отказаться, сайт будет работать, выбор можно изменить в любое время. Оператор: ТОО «Пример».",
          acceptAllBtn: "Принять все",
          acceptNecessaryBtn: "Отклонить все",
          showPreferencesBtn: "Настройки",
          footer: '<a href="/privacy">Политика конфиденциальности</a>',
        },
        preferencesModal: {
          title: "Настройки cookie",
          acceptAllBtn: "Принять все",
          acceptNecessaryBtn: "Отклонить все",
          savePreferencesBtn: "Сохранить выбор",
          closeIconLabel: "Закрыть",
          sections: [
            { description: "Включите только то, на что согласны." },
            {
              title: "Необходимое",
              description: "Вход на сайт, защита форм и хранение выбора.",
              linkedCategory: "necessary",
            },
            {
              title: "Статистика",
              description:
                "Считаем посещения и просмотры, чтобы знать, какие страницы читают. Это видим мы и названные получатели.",
              linkedCategory: "analytics",
            },
            {
              title: "Реклама",
              description:
                "Узнаём, какая реклама вас привела, и показываем нашу рекламу на других сайтах. Это видим мы и названные получатели.",
              linkedCategory: "marketing",
            },
          ],
        },
      },
    },
  },
});
