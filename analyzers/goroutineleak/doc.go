/*
Package goroutineleak defines an Analyzer that reports goroutines which wait for ever.

# Analyzer goroutineleak

goroutineleak: report goroutines that block for ever

A goroutine is leaked when nothing that is still alive can reach what it waits
for: its stack and all it refers to stay in memory until the process ends. The
check explores the schedules of each function that starts goroutines and
reports a send, receive, select or Cond.Wait of a goroutine that is stuck in
one of them, with the schedule as proof. For example:

	// WRONG: when ctx ends first, nobody receives, and the goroutine stays
	func fetch(ctx context.Context) (string, error) {
		result := make(chan string)
		go func() { result <- query() }()
		select {
		case r := <-result:
			return r, nil
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}

	// RIGHT: the buffer takes the result, whether or not somebody waits for it
	result := make(chan string, 1)

A goroutine that a constructor has started, and that a method of the object
would end, is reported where the object is made and then forgotten:

	// WRONG: the pool's goroutines stay
	p := newPool()
	if err := p.load(names); err != nil {
		return err
	}
	return p.Close()

	// RIGHT
	p := newPool()
	defer p.Close()
	return p.load(names)

So is a loop that nobody can leave any more: one that only a timer drives, and
one in which a receive from a closed channel, or from Done of a context that has
ended, succeeds again and again.

	// WRONG: break leaves the select only
	for {
		select {
		case <-tick.C:
			poll()
		case <-ctx.Done():
			break
		}
	}

	// RIGHT
		case <-ctx.Done():
			return

Goroutines that a loop without end starts, one in each round, and that begin by
waiting for the end of the whole are reported too: there are ever more of them.

	// WRONG: the goroutine outlives its connection
	for {
		conn, err := l.Accept()
		if err != nil {
			return err
		}
		go func() {
			<-ctx.Done()
			conn.Close()
		}()
		go serve(conn)
	}

	// RIGHT
		go func() {
			stop := context.AfterFunc(ctx, func() { conn.Close() })
			defer stop()
			serve(conn)
		}()

The channel in an unexported field is known without a schedule: if nothing in the
package sends on it or closes it, a loop that only it could end never ends.

Whatever might still help the goroutine counts as alive: an unknown caller, a
global, a timer, a context of the caller. Goroutines that live as long as main
are not leaks.
*/
package goroutineleak
