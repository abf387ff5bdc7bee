package unlock

import "example.com/corpus/unlock/shelf"

// Print prints all pages that can be printed.
func printBooks(s *shelf.Shelf, print func(string) error) error {
	return s.Each(func(b *shelf.Book) error {
		b.RLock()
		for _, p := range b.Pages {
			if print(p) != nil {
				return nil // want "return without unlocking b, locked at line 8"
			}
		}
		b.RUnlock()
		return nil
	})
}

func printBooksFixed(s *shelf.Shelf, print func(string) error) error {
	return s.Each(func(b *shelf.Book) error {
		b.RLock()
		for _, p := range b.Pages {
			if print(p) != nil {
				b.RUnlock()
				return nil
			}
		}
		b.RUnlock()
		return nil
	})
}

// Rename has all books locked before the first is changed.
func renameBooks(s *shelf.Shelf, name func(string) string) error {
	if err := s.Each(func(b *shelf.Book) error { b.Lock(); return nil }); err != nil {
		return err
	}
	return s.Each(func(b *shelf.Book) error {
		defer b.Unlock()
		b.Title = name(b.Title)
		return nil
	})
}
