package generator

import (
	"context"
	"io/fs"
	"path"
)

// Entry is a file or a folder.
type Entry struct {
	Path     string
	Size     int64
	Children []Entry
}

// walk sends an entry and all below it.
func walk(e Entry, out chan<- Entry) {
	out <- e // want "send on out blocks for ever"
	for _, c := range e.Children {
		c.Path = path.Join(e.Path, c.Path)
		walk(c, out)
	}
}

// Find returns the path of the first entry below root that is larger than size.
func Find(root Entry, size int64) (string, error) {
	entries := make(chan Entry)
	go func() {
		defer close(entries)
		walk(root, entries)
	}()
	for e := range entries {
		if e.Size > size {
			return e.Path, nil
		}
	}
	return "", fs.ErrNotExist
}

// walkFixed sends an entry and all below it.
func walkFixed(ctx context.Context, e Entry, out chan<- Entry) {
	select {
	case out <- e:
	case <-ctx.Done():
		return
	}
	for _, c := range e.Children {
		c.Path = path.Join(e.Path, c.Path)
		walkFixed(ctx, c, out)
	}
}

// FindFixed returns the path of the first entry below root that is larger than size.
func FindFixed(root Entry, size int64) (string, error) {
	entries := make(chan Entry)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		defer close(entries)
		walkFixed(ctx, root, entries)
	}()
	for e := range entries {
		if e.Size > size {
			return e.Path, nil
		}
	}
	return "", fs.ErrNotExist
}
