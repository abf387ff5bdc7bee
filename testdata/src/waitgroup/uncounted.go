package waitgroup

import "sync"

func dispatch(wg *sync.WaitGroup, jobs []int) {
	for _, job := range jobs {
		wg.Add(1) // want `wg.Add in a goroutine that nothing counts`
		go func() {
			defer wg.Done()
			work(job)
		}()
	}
}

func dispatched(jobs []int) {
	var wg sync.WaitGroup
	go dispatch(&wg, jobs)
	wg.Wait()
}

func oneDispatcherEach(groups [][]int) {
	var wg sync.WaitGroup
	for _, group := range groups {
		if len(group) == 0 {
			continue
		}
		go func() {
			work(len(group))
			wg.Add(len(group)) // want `wg.Add in a goroutine that nothing counts`
			for _, job := range group {
				go func() {
					defer wg.Done()
					work(job)
				}()
			}
		}()
	}
	wg.Wait()
}

// The dispatcher is counted.

func dispatchCounted(wg *sync.WaitGroup, jobs []int) {
	defer wg.Done()
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			work(job)
		}()
	}
}

func counted(jobs []int) {
	var wg sync.WaitGroup
	wg.Add(1)
	go dispatchCounted(&wg, jobs)
	wg.Wait()
}

func countedByGo(jobs []int) {
	var wg sync.WaitGroup
	wg.Go(func() {
		for _, job := range jobs {
			wg.Add(1)
			go func() {
				defer wg.Done()
				work(job)
			}()
		}
	})
	wg.Wait()
}

// What is called before Wait may wait for the dispatcher.

func joined(jobs []int, join func()) {
	var wg sync.WaitGroup
	go func() {
		for range jobs {
			wg.Add(1)
			go wg.Done()
		}
	}()
	join()
	wg.Wait()
}

// The dispatcher has its own Wait.

func joinsItself(jobs []int, done chan struct{}) {
	var wg sync.WaitGroup
	go func() {
		for _, job := range jobs {
			wg.Add(1)
			go func() {
				defer wg.Done()
				work(job)
			}()
		}
		wg.Wait()
		close(done)
	}()
	wg.Wait()
}
