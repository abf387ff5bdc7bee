package workerexit

import "sync"

// Convert sends the converted documents to the channel that it returns, which
// is closed at the end.
func Convert(docs []string, workers int, convert func(string) (string, error)) <-chan string {
	jobs := make(chan string)
	out := make(chan string, len(docs))
	var wg sync.WaitGroup
	failed := make(chan struct{})
	var once sync.Once
	for range max(1, workers) {
		wg.Go(func() {
			for doc := range jobs {
				text, err := convert(doc)
				if err != nil {
					once.Do(func() { close(failed) })
					return
				}
				out <- text
			}
		})
	}
	go func() {
		defer close(jobs)
		for _, d := range docs {
			jobs <- d // want "send on jobs blocks for ever"
		}
	}()
	go func() {
		wg.Wait()
		close(out)
	}()
	return out
}

// ConvertFixed sends the converted documents to the channel that it returns, which
// is closed at the end.
func ConvertFixed(docs []string, workers int, convert func(string) (string, error)) <-chan string {
	jobs := make(chan string)
	out := make(chan string, len(docs))
	var wg sync.WaitGroup
	failed := make(chan struct{})
	var once sync.Once
	for range max(1, workers) {
		wg.Go(func() {
			for doc := range jobs {
				text, err := convert(doc)
				if err != nil {
					once.Do(func() { close(failed) })
					return
				}
				out <- text
			}
		})
	}
	go func() {
		defer close(jobs)
		for _, d := range docs {
			select {
			case jobs <- d:
			case <-failed:
				return
			}
		}
	}()
	go func() {
		wg.Wait()
		close(out)
	}()
	return out
}
