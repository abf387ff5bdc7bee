package zero

import "slices"

// Prune removes rows from an index, and the names that have none left.
func Prune(index map[string][]int, names []string, gone func(row int) bool) int {
	emptied := make(chan string, len(index))
	done := make(chan struct{})
	go func() {
		defer close(done)
		for _, name := range names {
			rows := slices.DeleteFunc(index[name], gone)
			if index[name] = rows; len(rows) == 0 {
				emptied <- name // want "send on emptied blocks for ever"
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

// PruneFixed removes rows from an index, and the names that have none left.
func PruneFixed(index map[string][]int, names []string, gone func(row int) bool) int {
	emptied := make(chan string, len(names))
	done := make(chan struct{})
	go func() {
		defer close(done)
		for _, name := range names {
			rows := slices.DeleteFunc(index[name], gone)
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
