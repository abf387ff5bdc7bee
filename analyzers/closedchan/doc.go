/*
Package closedchan defines an Analyzer that reports channel operations which panic.

# Analyzer closedchan

closedchan: report sends on and closes of closed or nil channels

A send on a closed channel panics, and so does closing a channel twice or
closing a nil channel. The check reports a schedule in which that happens. For
example:

	// WRONG: a sender that is late finds the channel closed
	func gather(ctx context.Context, sources []source) []item {
		items := make(chan item)
		for _, s := range sources {
			go func() { items <- s.next() }()
		}
		first := <-items
		close(items)
		return []item{first}
	}

	// RIGHT: close when no sender is left
	go func() {
		wg.Wait()
		close(items)
	}()

A panic that is recovered in the same goroutine is taken as intended.
*/
package closedchan
