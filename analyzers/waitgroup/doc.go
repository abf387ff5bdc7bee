/*
Package waitgroup defines an Analyzer that reports misuses of sync.WaitGroup.

# Analyzer waitgroup

waitgroup: report misuses of sync.WaitGroup

Add must happen before the goroutine that it counts is started. Within the
goroutine it races with Wait, which returns at once if no goroutine has got as
far as its Add:

	// WRONG
	var wg sync.WaitGroup
	for _, job := range jobs {
		go func() {
			wg.Add(1) // may come after Wait has returned
			defer wg.Done()
			job.run()
		}()
	}
	wg.Wait()

	// RIGHT
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			job.run()
		}()
	}
	wg.Wait()

The goroutine may be a function literal or a function or method of the same
package, and Add need not be its first statement. Nothing is said where Add
counts what the goroutine itself starts, while a count is outstanding, or where
the goroutine takes a lock or waits for something before it calls Add.

A goroutine that waits has to be started when all is counted, for the same reason:

	// WRONG
	go func() {
		wg.Wait() // nothing is counted yet
		close(results)
	}()
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			results <- job.run()
		}()
	}

Nothing is said where the function counts itself meanwhile, or a goroutine that it
has counted before waits for something.

Since Go 1.25 wg.Go(f) counts f up and down. A Done within f counts it down
twice, so that Wait returns early or Done panics:

	// WRONG
	wg.Go(func() {
		defer wg.Done()
		job.run()
	})

	// RIGHT
	wg.Go(job.run)

Copies of a WaitGroup are reported by copylock.
*/
package waitgroup
