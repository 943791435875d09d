import { useMessages } from '../../messages/use-messages.ts';

/** Widths of the grey lines, as a tree would have them, in per cent. */
const lines = [
  { level: 1, width: 44 },
  { level: 2, width: 30 },
  { level: 3, width: 52 },
  { level: 4, width: 38 },
  { level: 4, width: 46 },
  { level: 5, width: 34 },
] as const;

/** Where rows will be; the sheet shows it only after a moment, so that a quick start does not flicker. */
export const TreeSkeleton = ({ label }: { readonly label?: string }) => {
  const { tree } = useMessages();
  return (
    <div className="tree-skeleton" role="status" aria-label={label ?? tree.reading}>
      {label !== undefined && <p>{label}</p>}
      {lines.map(({ level, width }) => (
        <div key={`${level}-${width}`} style={{ marginLeft: level * 16, width: `${width}%` }} />
      ))}
    </div>
  );
};
