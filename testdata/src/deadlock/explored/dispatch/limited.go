package dispatch

import "sync"

// Limited opens and runs tasks, eight at a time. One that cannot be opened keeps its
// slot.
func Limited(tasks []string, open func(string) (run func(), err error)) (skipped int) {
	slots := make(chan struct{}, 8)
	var wg sync.WaitGroup
	for _, t := range tasks {
		slots <- struct{}{} // want "send on slots blocks for ever: the buffer is full and nobody receives from slots"
		run, err := open(t)
		if err != nil {
			skipped++
			continue
		}
		wg.Go(func() {
			defer func() { <-slots }()
			run()
		})
	}
	wg.Wait()
	return skipped
}

// LimitedFixed opens and runs tasks, eight at a time.
func LimitedFixed(tasks []string, open func(string) (run func(), err error)) (skipped int) {
	slots := make(chan struct{}, 8)
	var wg sync.WaitGroup
	for _, t := range tasks {
		run, err := open(t)
		if err != nil {
			skipped++
			continue
		}
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			run()
		})
	}
	wg.Wait()
	return skipped
}
