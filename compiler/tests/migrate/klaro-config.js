var klaroConfig = {
  lang: 'en',
  mustConsent: true,
  translations: { en: { privacyPolicyUrl: '/privacy', decline: 'Reject all' } },
  services: [
    { name: 'googleAnalytics', purposes: ['analytics'], cookies: [/^_ga/] },
    { name: 'chat', title: 'Chat', purposes: ['livechat'], cookies: ['chat_id'], callback: () => start() },
  ],
};
