package timeout

import (
	"context"
	"fmt"
)

// Row is one record of a result.
type Row []any

// DB runs statements.
type DB interface {
	Select(stmt string, args ...any) ([]Row, error)
}

// Query runs a statement and gives up when the context ends.
func Query(ctx context.Context, db DB, stmt string, args ...any) ([]Row, error) {
	type reply struct {
		rows []Row
		err  error
	}
	replies := make(chan reply)
	go func() {
		rows, err := db.Select(stmt, args...)
		replies <- reply{rows, err} // want "send on replies blocks for ever"
	}()
	select {
	case <-ctx.Done():
		return nil, fmt.Errorf("query: %w", ctx.Err())
	case r := <-replies:
		return r.rows, r.err
	}
}

// QueryFixed runs a statement and gives up when the context ends.
func QueryFixed(ctx context.Context, db DB, stmt string, args ...any) ([]Row, error) {
	type reply struct {
		rows []Row
		err  error
	}
	replies := make(chan reply, 1)
	go func() {
		rows, err := db.Select(stmt, args...)
		replies <- reply{rows, err}
	}()
	select {
	case <-ctx.Done():
		return nil, fmt.Errorf("query: %w", ctx.Err())
	case r := <-replies:
		return r.rows, r.err
	}
}
