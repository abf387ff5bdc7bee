package callbacks

import "sync"

// Broadcast tells all, some at a time. Who cannot be told at once gives back what
// was taken for him: what spawn does not run, it does not run.
func Broadcast(spawn func(func()) error, names []string, tell func(string)) {
	slots := make(chan struct{}, min(3, len(names)))
	var wg sync.WaitGroup
	for _, name := range names {
		slots <- struct{}{}
		wg.Add(1)
		err := spawn(func() {
			defer wg.Done()
			defer func() { <-slots }()
			tell(name)
		})
		if err != nil {
			<-slots
			wg.Done()
		}
	}
	wg.Wait()
}
