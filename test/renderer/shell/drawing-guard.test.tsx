import { screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { DrawingGuard } from '../../../renderer/shell/drawing-guard.tsx';
import { prepareWindow, show } from '../../support/window-harness.tsx';

const Broken = () => {
  throw new Error('a list without rows');
};

test('an error while drawing is told, with a way on, instead of an empty window', async () => {
  // React tells the console of it as well; that is not what this is about.
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  prepareWindow({});
  show(
    <DrawingGuard>
      <Broken />
    </DrawingGuard>,
  );
  const note = await screen.findByRole('alert');
  expect(note.textContent).toContain('migrations that run go on');
  expect(note.textContent).toContain('a list without rows');
  expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
  told.mockRestore();
});
