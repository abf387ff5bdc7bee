package handover

import "example.com/corpus/silent/handover/store"

// Wrapped is a transaction of the package that leads to one of another.
type Wrapped struct {
	*store.Tx
	Name string
}

func begin(db *store.DB, name string) (*Wrapped, error) {
	tx, err := db.Begin(true)
	if err != nil {
		return nil, err
	}
	return &Wrapped{tx, name}, nil
}

func put(db *store.DB, page []byte) error {
	tx, err := begin(db, "put")
	if err != nil {
		return err
	}
	if err = tx.Put(page); err != nil {
		_ = tx.Rollback()
		return err
	}
	if err = tx.Commit(); err != nil {
		_ = tx.Rollback()
		return err
	}
	return nil
}

// Twice puts a page twice, each time in a transaction of its own.
func Twice(db *store.DB, page []byte) error {
	if err := put(db, page); err != nil {
		return err
	}
	return put(db, page)
}

// Look counts pages, and closes the store when it is through.
func Look(count func(*store.Tx) int) (int, error) {
	db := store.Open()
	if err := Twice(db, []byte("page")); err != nil {
		return 0, err
	}
	tx, err := db.Begin(false)
	if err != nil {
		return 0, err
	}
	defer func() {
		_ = tx.Rollback()
		db.Close()
	}()
	return count(tx), nil
}
