/** Gives the person a file, as a download of this page's own making: it needs no permission. */
export function saveFile(name: string, file: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser reads it once it has asked where to.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
