interface LessonProps {
  readonly title: string;
  readonly text: string;
  readonly tooMany?: boolean;
}

/** What the numbers mean, in a sentence that somebody who has read nothing can repeat. */
export function Lesson({ title, text, tooMany = false }: LessonProps) {
  return (
    <div>
      <h2
        className={`text-[2.75rem] leading-none font-bold tracking-[-0.035em] wide:text-[3.25rem] ${tooMany ? 'text-danger' : ''}`}
      >
        {title}
      </h2>
      <p className="mt-4 text-lg leading-relaxed text-ink-soft">{text}</p>
    </div>
  );
}
