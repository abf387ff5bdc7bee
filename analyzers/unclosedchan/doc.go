/*
Package unclosedchan defines an Analyzer that reports range loops over channels
that nobody closes.

# Analyzer unclosedchan

unclosedchan: report range loops over channels that nobody closes

A range over a channel ends when the channel is closed. If all who could close
it are gone, the goroutine that ranges waits for ever. For example:

	// WRONG: the workers wait for more jobs after run has returned
	func run(items []string) {
		jobs := make(chan string)
		for range 4 {
			go func() {
				for job := range jobs {
					handle(job)
				}
			}()
		}
		for _, item := range items {
			jobs <- item
		}
	}

	// RIGHT: the only sender closes the channel when it is done
	for _, item := range items {
		jobs <- item
	}
	close(jobs)

A channel that is never closed is no mistake as long as nobody waits for it.

The channel of a time.Ticker is never closed, not by Stop either: a goroutine
that does nothing but range over it stays when the ticker has been stopped. It
needs a second channel that tells it to end, in a select beside the ticks.
*/
package unclosedchan
