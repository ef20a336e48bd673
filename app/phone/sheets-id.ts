/** The element inside the phone that sheets are opened in. A file of its own: the frame must not load a dialog for it. */
export const SHEETS_ID = 'sheets';
