// Package sized has channels with room for everything that is sent.
package sized

import (
	"context"
	"slices"
	"sync"
)

// Titles fetches the titles, and gives up at the first error.
func Titles(urls []string, get func(string) (string, error)) ([]string, error) {
	type page struct {
		title string
		err   error
	}
	pages := make(chan page, len(urls))
	for _, u := range urls {
		go func() {
			t, err := get(u)
			pages <- page{t, err}
		}()
	}
	var out []string
	for range urls {
		p := <-pages
		if p.err != nil {
			return nil, p.err
		}
		out = append(out, p.title)
	}
	return out, nil
}

// Both has room for two.
func Both(a, b func() error) error {
	errs := make(chan error, 2)
	go func() { errs <- a() }()
	go func() { errs <- b() }()
	if err := <-errs; err != nil {
		return err
	}
	return <-errs
}

// Keys has room for the keys of a map.
func Keys(m map[string]int, ok func(string) bool) string {
	c := make(chan string, len(m))
	var wg sync.WaitGroup
	for k := range m {
		wg.Go(func() {
			if ok(k) {
				c <- k
			}
		})
	}
	wg.Wait()
	select {
	case k := <-c:
		return k
	default:
		return ""
	}
}

// Twice sends two values for each item.
func Twice(items []string, f func(string) (int, int)) int {
	c := make(chan int, 2*len(items))
	for _, it := range items {
		go func() {
			a, b := f(it)
			c <- a
			c <- b
		}()
	}
	if len(items) == 0 {
		return 0
	}
	return <-c
}

// Timeout has room for the only answer.
func Timeout(ctx context.Context, ask func() (string, error)) (string, error) {
	type answer struct {
		text string
		err  error
	}
	c := make(chan answer, 1)
	go func() {
		text, err := ask()
		c <- answer{text, err}
	}()
	select {
	case a := <-c:
		return a.text, a.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// Matrix has room for rows times columns.
func Matrix(rows, cols int, cell func(r, c int) int) (max int) {
	if rows <= 0 || cols <= 0 {
		return 0
	}
	cells := make(chan int, rows*cols)
	for r := range rows {
		for c := range cols {
			go func() { cells <- cell(r, c) }()
		}
	}
	for range rows {
		if v := <-cells; v > max {
			max = v
		}
	}
	return max
}

// Prefilled is filled by its owner before anybody else knows it.
func Prefilled(names []string, visit func(string)) {
	todo := make(chan string, len(names))
	for _, n := range names {
		todo <- n
	}
	close(todo)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for n := range todo {
				visit(n)
			}
		})
	}
	wg.Wait()
}

// Prune removes rows from an index, and the names that have none left: as many
// as there are names in the index at most, and the one that stands for all.
func Prune(index map[string][]int, names []string, gone func(row int) bool) int {
	emptied := make(chan string, len(index)+1)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for _, name := range append(names, "") {
			rows := index[name]
			if len(rows) == 0 && name != "" {
				continue
			}
			rows = slices.DeleteFunc(rows, gone)
			if index[name] = rows; len(rows) == 0 {
				emptied <- name
			}
		}
	}()
	<-done
	close(emptied)
	n := 0
	for name := range emptied {
		delete(index, name)
		n++
	}
	return n
}
