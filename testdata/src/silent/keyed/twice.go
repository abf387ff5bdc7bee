package keyed

// Doc is what is analyzed.
type Doc struct{ Words []string }

// Batch keeps documents by name. Those that are nil are to be removed.
type Batch struct{ Docs map[string]*Doc }

// Analyze waits for as many results as there are documents: a second loop meets
// those that the first has counted.
func Analyze(b *Batch) int {
	docs := 0
	for _, d := range b.Docs {
		if d != nil {
			docs++
		}
	}
	results := make(chan int, len(b.Docs))
	go func() {
		for name := range b.Docs {
			d := b.Docs[name]
			if d != nil {
				go func() { results <- len(d.Words) }()
			}
		}
	}()
	words := 0
	for range docs {
		words += <-results
	}
	return words
}

// Wait waits for those that are there, and finds again what it has met.
func Wait(done map[string]chan bool) (all []bool) {
	n := 0
	for name, c := range done {
		if c == nil {
			continue
		}
		n++
		if _, ok := done[name]; !ok {
			n++
		}
	}
	answers := make(chan bool)
	for _, c := range done {
		if c != nil {
			go func() { answers <- <-c }()
		}
	}
	for range n {
		all = append(all, <-answers)
	}
	return all
}
