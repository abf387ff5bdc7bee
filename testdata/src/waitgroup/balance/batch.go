package balance

import "sync"

// Batch has items that are dealt with together.
type Batch struct{ Items []string }

// Deal has each item of a batch dealt with, and one of its own.
func Deal(b *Batch, deal func(string)) {
	var wg sync.WaitGroup
	wg.Add(len(b.Items))
	b.Items = append(b.Items, "end")
	for _, it := range b.Items {
		go func() {
			deal(it)
			wg.Done() // want "negative WaitGroup counter of wg"
		}()
	}
	wg.Wait()
}

// DealFixed has each item of a batch dealt with, and one of its own.
func DealFixed(b *Batch, deal func(string)) {
	var wg sync.WaitGroup
	b.Items = append(b.Items, "end")
	wg.Add(len(b.Items))
	for _, it := range b.Items {
		go func() {
			defer wg.Done()
			deal(it)
		}()
	}
	wg.Wait()
}
