import type { ReactNode } from 'react';

/** Line icons on a 24 grid, stroke 1.75. They never carry a meaning alone: the text or the label beside them does. */
function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      className="size-6"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {children}
    </svg>
  );
}

export const CloseIcon = () => (
  <Icon>
    <path d="m6 6 12 12M18 6 6 18" />
  </Icon>
);

export const PlusIcon = () => (
  <Icon>
    <path d="M12 5v14M5 12h14" />
  </Icon>
);

export const MinusIcon = () => (
  <Icon>
    <path d="M5 12h14" />
  </Icon>
);

export const BagIcon = () => (
  <Icon>
    <path d="M5.5 8.500h13l1 11h-15zM8.5 10.500V7a3.5 3.5 0 0 1 7 0v3.5" />
  </Icon>
);

export const SlidersIcon = () => (
  <Icon>
    <path d="M4 8h9M19 8h1M4 16h1M11 16h9" />
    <circle cx="16" cy="8" r="2.75" />
    <circle cx="8" cy="16" r="2.75" />
  </Icon>
);

export const MenuIcon = () => (
  <Icon>
    <path d="M4.5 8h15M4.5 16h15" />
  </Icon>
);
