var klaroConfig = {
  version: 1,
  lang: "ru",
  acceptAll: true,
  groupByPurpose: true,
  showNoticeTitle: true,
  translations: {
    ru: {
      privacyPolicyUrl: "/privacy",
      privacyPolicy: { name: "Политика конфиденциальности", text: "{privacyPolicy}" },
      consentNotice: {
        title: "Файлы cookie: ваш выбор",
        description:
          "С вашего согласия мы используем файлы cookie и аналогичные технологии для целей: {purposes}. До согласия они не загружаются. Если отказаться, сайт будет работать, выбор можно изменить в любое время. Оператор: ТОО «Пример». {privacyPolicy}",
        learnMore: "Настройки",
      },
      consentModal: {
        title: "Настройки cookie",
        description: "Включите только то, на что согласны.",
      },
      ok: "Принять все",
      acceptAll: "Принять все",
      decline: "Отклонить все",
      acceptSelected: "Сохранить выбор",
      purposes: {
        necessary: {
          title: "Необходимое",
          description: "Вход на сайт, защита форм и хранение выбора.",
        },
        analytics: {
          title: "Статистика",
          description:
            "Считаем посещения и просмотры, чтобы знать, какие страницы читают. Это видим мы и названные получатели.",
        },
        marketing: {
          title: "Реклама",
          description:
            "Узнаём, какая реклама вас привела, и показываем нашу рекламу на других сайтах. Это видим мы и названные получатели.",
        },
      },
    },
  },
  services: [
    { name: "session", title: "Сеанс", purposes: ["necessary"], required: true },
    { name: "visit-counter", title: "Счётчик посещений", purposes: ["analytics"], cookies: ["visit_counter"] },
    { name: "advertising", title: "Реклама", purposes: ["marketing"] },
  ],
};
