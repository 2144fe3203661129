var tarteaucitronForceLanguage = 'ru';

tarteaucitron.init({
  "privacyUrl": "/privacy",
  "bodyPosition": "bottom",
  "hashtag": "#tarteaucitron",
  "cookieName": "tarteaucitron",
  "orientation": "middle",
  "serviceDefaultState": "wait",
  "DenyAllCta": true,
  "highPrivacy": true,
  "handleBrowserDNTRequest": true,
  "cookieDomain": ".example.kz",
  "googleConsentMode": true,
});

tarteaucitron.user.gtagUa = 'G-TARTE12345';
tarteaucitron.user.gtagMore = function () { /* more */ };
(tarteaucitron.job = tarteaucitron.job || []).push('gtag');
tarteaucitron.user.yandexmetrica = 12345678;
(tarteaucitron.job = tarteaucitron.job || []).push('metrica');
tarteaucitron.user.matomoId = 3;
tarteaucitron.user.matomoHost = '//stat.example.kz/';
(tarteaucitron.job = tarteaucitron.job || []).push('matomo');
(tarteaucitron.job = tarteaucitron.job || []).push('youtube');
tarteaucitron.user.brevoConversationsId = 'abc';
(tarteaucitron.job = tarteaucitron.job || []).push('brevochat');
tarteaucitron.services['visit-counter'] = {
  key: 'visit-counter',
  type: 'analytic',
  name: 'Счётчик посещений',
  needConsent: true,
  cookies: ['visit_counter'],
  js: function () { tarteaucitron.addScript('/counter.js'); },
};
tarteaucitron.job.push('visit-counter');
