import Link from "next/link";

export default function Web() {
  return (
    <main>
      <h1>Веб-разработка</h1>
      <Link href="/" id="to-courses">Все курсы</Link>
    </main>
  );
}
