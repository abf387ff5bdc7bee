package balance

import (
	"fmt"
	"sync"
)

// Snapshot saves the tables, all at the same time.
func Snapshot(tables []string, save func(table string) error) error {
	var (
		wg   sync.WaitGroup
		once sync.Once
		err  error
	)
	for _, t := range tables {
		wg.Go(func() {
			defer func() {
				wg.Done() // want "wg.Done in a function that wg.Go runs|negative WaitGroup counter of wg"
			}()
			if e := save(t); e != nil {
				once.Do(func() { err = fmt.Errorf("save %s: %w", t, e) })
			}
		})
	}
	wg.Wait()
	return err
}

// SnapshotFixed saves the tables, all at the same time.
func SnapshotFixed(tables []string, save func(table string) error) error {
	var (
		wg   sync.WaitGroup
		once sync.Once
		err  error
	)
	for _, t := range tables {
		wg.Go(func() {
			if e := save(t); e != nil {
				once.Do(func() { err = fmt.Errorf("save %s: %w", t, e) })
			}
		})
	}
	wg.Wait()
	return err
}
