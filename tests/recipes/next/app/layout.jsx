export const metadata = { title: "Курсы" };

export default function Layout({ children }) {
  return (
    <html lang="ru">
      <head>
        <script async src="/kelisim/kelisim.js" />
      </head>
      <body>
        {children}
        <footer>
          <a href="/privacy#cookies" data-kelisim-action="settings">Настройки cookie</a>
        </footer>
      </body>
    </html>
  );
}
