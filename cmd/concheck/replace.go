package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// replaceFiles gives files new contents: all are written beside the old ones
// first, then renamed over them. An interrupt before the renaming changes
// nothing; after that, the caller's signal handling keeps the process going
// until the end.
func replaceFiles(ctx context.Context, contents map[string][]byte, old map[string]*source) (err error) {
	type pending struct{ temp, target string }
	var list []pending
	defer func() {
		for _, p := range list {
			if err != nil {
				os.Remove(p.temp)
			}
		}
	}()
	for _, file := range sortedKeys(contents) {
		if ctx.Err() != nil {
			return errors.New("interrupted, nothing was changed")
		}
		target, err := filepath.EvalSymlinks(file)
		if err != nil {
			return err
		}
		if now, err := os.ReadFile(target); err != nil {
			return err
		} else if !bytes.Equal(now, old[file].data) {
			return fmt.Errorf("%s changed meanwhile, nothing was fixed", file)
		}
		temp, err := writeBeside(target, contents[file], old[file].mode)
		if err != nil {
			return fmt.Errorf("cannot fix %s, nothing was changed: %v", file, err)
		}
		list = append(list, pending{temp, target})
	}
	if ctx.Err() != nil {
		return errors.New("interrupted, nothing was changed")
	}
	for i, p := range list {
		if err := os.Rename(p.temp, p.target); err != nil {
			return fmt.Errorf("%d of %d files fixed: %v", i, len(list), err)
		}
	}
	return nil
}

// writeBeside writes a temporary file into the directory of target, so that
// it can be renamed, and returns its name.
func writeBeside(target string, data []byte, mode os.FileMode) (name string, err error) {
	f, err := os.CreateTemp(filepath.Dir(target), ".concheck-*.tmp")
	if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(mode)
	}
	if err == nil {
		err = f.Sync()
	}
	return f.Name(), errors.Join(err, f.Close())
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
