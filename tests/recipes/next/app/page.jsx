import Link from "next/link";

export default function Courses() {
  return (
    <main>
      <h1>Курсы</h1>
      <Link href="/web" id="to-web">Веб-разработка</Link>
    </main>
  );
}
