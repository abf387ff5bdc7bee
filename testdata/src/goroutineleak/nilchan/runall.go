package nilchan

import "sync"

// Step is one of several things to do.
type Step struct {
	Name  string
	After []string // steps that must be done before
	Run   func()
}

// RunAll runs the steps, each of them as soon as it can be run. A step may only
// wait for steps that stand before it.
func RunAll(steps []Step) {
	done := make(map[string]chan struct{}, len(steps))
	var wg sync.WaitGroup
	for _, s := range steps {
		before := make([]chan struct{}, 0, len(s.After))
		for _, name := range s.After {
			before = append(before, done[name])
		}
		finished := make(chan struct{})
		done[s.Name] = finished
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer close(finished)
			for _, c := range before {
				<-c // want "receive from c blocks for ever"
			}
			s.Run()
		}()
	}
	wg.Wait()
}

// RunAllFixed runs the steps, each of them as soon as it can be run. A step may only
// wait for steps that stand before it.
func RunAllFixed(steps []Step) {
	done := make(map[string]chan struct{}, len(steps))
	var wg sync.WaitGroup
	for _, s := range steps {
		before := make([]chan struct{}, 0, len(s.After))
		for _, name := range s.After {
			if c, ok := done[name]; ok {
				before = append(before, c)
			}
		}
		finished := make(chan struct{})
		done[s.Name] = finished
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer close(finished)
			for _, c := range before {
				<-c
			}
			s.Run()
		}()
	}
	wg.Wait()
}
