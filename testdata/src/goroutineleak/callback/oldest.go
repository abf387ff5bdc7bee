package callback

import (
	"io/fs"
	"path/filepath"
	"time"
)

// Oldest returns the first log file below root that is older than limit.
func Oldest(root string, limit time.Time) (string, error) {
	type file struct {
		path string
		mod  time.Time
	}
	files := make(chan file)
	failed := make(chan error, 1)
	go func() {
		defer close(files)
		failed <- filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			info, err := d.Info()
			if err != nil {
				return err
			}
			files <- file{path, info.ModTime()} // want "send on files blocks for ever"
			return nil
		})
	}()
	for f := range files {
		if f.mod.Before(limit) {
			return f.path, nil
		}
	}
	return "", <-failed
}

// OldestFixed returns the first log file below root that is older than limit.
func OldestFixed(root string, limit time.Time) (string, error) {
	type file struct {
		path string
		mod  time.Time
	}
	files := make(chan file)
	failed := make(chan error, 1)
	done := make(chan struct{})
	defer close(done)
	go func() {
		defer close(files)
		failed <- filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			info, err := d.Info()
			if err != nil {
				return err
			}
			select {
			case files <- file{path, info.ModTime()}:
				return nil
			case <-done:
				return fs.SkipAll
			}
		})
	}()
	for f := range files {
		if f.mod.Before(limit) {
			return f.path, nil
		}
	}
	return "", <-failed
}
