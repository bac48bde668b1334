// Steps by the arrow keys, unless somebody types or scrolls sideways in a box.
document.addEventListener('keydown', (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest?.('input, textarea, select, pre')) return;
  if (event.key === 'ArrowLeft') document.getElementById('previous')?.click();
  if (event.key === 'ArrowRight') document.getElementById('next')?.click();
});
