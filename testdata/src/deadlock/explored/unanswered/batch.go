package unanswered

// Doc is what is analyzed.
type Doc struct{ words []string }

// Count counts the words of the documents of a batch, all of them at once. It
// forgets that those which it leaves out have been counted as well.
func Count(batch map[string]*Doc, skip func(name string) bool) int {
	docs := 0
	for _, d := range batch {
		if d != nil {
			docs++
		}
	}
	for name := range batch {
		if skip(name) {
			batch[name] = nil
		}
	}
	results := make(chan int, len(batch))
	for name := range batch {
		if d := batch[name]; d != nil {
			go func() { results <- len(d.words) }()
		}
	}
	words := 0
	for range docs {
		words += <-results // want "receive from results blocks for ever"
	}
	return words
}

// CountFixed counts the words of the documents of a batch, all of them at once.
func CountFixed(batch map[string]*Doc, skip func(name string) bool) int {
	for name := range batch {
		if skip(name) {
			batch[name] = nil
		}
	}
	docs := 0
	for _, d := range batch {
		if d != nil {
			docs++
		}
	}
	results := make(chan int, len(batch))
	for name := range batch {
		if d := batch[name]; d != nil {
			go func() { results <- len(d.words) }()
		}
	}
	words := 0
	for range docs {
		words += <-results
	}
	return words
}
