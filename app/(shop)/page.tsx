import { CatalogScreen } from '../catalog/catalog-screen.tsx';

export default function CatalogPage() {
  return <CatalogScreen />;
}
