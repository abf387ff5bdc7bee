package patient

import "context"

// Queue hands values over between those who put and those who take.
type Queue struct{ values chan string }

// NewQueue makes a queue.
func NewQueue() *Queue { return &Queue{values: make(chan string)} }

// Put waits for somebody to take the value.
func (q *Queue) Put(ctx context.Context, v string) error {
	select {
	case q.values <- v:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Take waits for a value.
func (q *Queue) Take(ctx context.Context) (string, error) {
	select {
	case v := <-q.values:
		return v, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// Relay passes values on until its context ends, as do those who put them.
type Relay struct {
	in  chan string
	ctx context.Context
}

// NewRelay starts a relay that lives as long as the context.
func NewRelay(ctx context.Context, out func(string)) *Relay {
	r := &Relay{in: make(chan string), ctx: ctx}
	go func() {
		for {
			select {
			case v := <-r.in:
				out(v)
			case <-ctx.Done():
				return
			}
		}
	}()
	return r
}

// Put puts a value while the relay lives.
func (r *Relay) Put(ctx context.Context, v string) error {
	select {
	case r.in <- v:
		return nil
	case <-r.ctx.Done():
		return r.ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}
