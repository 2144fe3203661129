// As the documentation of vanilla-cookieconsent 3 writes it, with services.
import 'https://cdn.jsdelivr.net/gh/orestbida/cookieconsent@3.1.0/dist/cookieconsent.umd.js';

const revision = 2;

CookieConsent.run({
  revision,
  mode: 'opt-in',
  guiOptions: {
    consentModal: { layout: 'box wide', position: 'bottom left', equalWeightButtons: false },
    preferencesModal: { layout: 'bar' },
  },
  cookie: { name: 'cc_cookie', domain: '.example.kz', expiresAfterDays: 182 },
  onConsent: ({ cookie }) => {
    console.log(cookie);
  },
  categories: {
    necessary: { readOnly: true, enabled: true },
    analytics: {
      enabled: true,
      autoClear: { cookies: [{ name: /^_ga/ }, { name: '_gid' }], reloadPage: true },
      services: {
        ga: { label: 'Google Analytics', onAccept: () => gtag('config', 'G-ABC1234567') },
        'Яндекс Метрика': { label: 'Яндекс Метрика', cookies: [{ name: /^_ym_/ }] },
        'Heat map': { label: '<b>Heat</b> map', cookies: [{ name: /^(hm|heat)_/ }, { name: 'hm_session' }] },
      },
    },
    ads: { autoClear: { cookies: [{ name: '_fbp' }] } },
  },
  language: {
    default: 'ru',
    autoDetect: 'browser',
    translations: {
      ru: {
        consentModal: {
          title: 'Файлы cookie',
          description: 'С вашего согласия мы считаем посещения.',
          acceptAllBtn: 'Принять все',
          acceptNecessaryBtn: 'Отклонить все',
          showPreferencesBtn: 'Настройки',
          footer: '<a href="/privacy">Политика</a> <a href="/terms">Условия</a>',
        },
        preferencesModal: {
          title: 'Настройки cookie',
          savePreferencesBtn: 'Сохранить выбор',
          closeIconLabel: 'Закрыть',
          sections: [
            { title: 'О cookie', description: 'Мы храним немного.' },
            { title: 'Статистика', description: 'Считаем, какие страницы читают.', linkedCategory: 'analytics' },
            { title: 'Реклама', linkedCategory: 'ads', cookieTable: { headers: { name: 'Имя' }, body: [] } },
          ],
        },
      },
      kk: '/translations/kk.json',
    },
  },
});
