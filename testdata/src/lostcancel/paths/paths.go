package paths

import (
	"context"
	"errors"
	"time"
)

type conn struct{ name string }

func dial(ctx context.Context, name string) (*conn, error) {
	if ctx.Err() != nil || name == "" {
		return nil, errors.New("no connection")
	}
	return &conn{name}, nil
}

// Client ends its context when it is closed.
type Client struct {
	conn   *conn
	cancel context.CancelFunc
}

// Open forgets the context when dial fails.
func Open(parent context.Context, name string) (*Client, error) {
	ctx, cancel := context.WithCancel(parent) // want "cancel, the cancel function of context.WithCancel, is not called when Open returns at line 29"
	c, err := dial(ctx, name)
	if err != nil {
		return nil, err
	}
	return &Client{c, cancel}, nil
}

// OpenFixed ends the context when dial fails.
func OpenFixed(parent context.Context, name string) (*Client, error) {
	ctx, cancel := context.WithCancel(parent)
	c, err := dial(ctx, name)
	if err != nil {
		cancel()
		return nil, err
	}
	return &Client{c, cancel}, nil
}

// Discard keeps no cancel function.
func Discard(parent context.Context) (*conn, error) {
	ctx, _ := context.WithTimeout(parent, time.Minute) // want "the cancel function of context.WithTimeout is discarded"
	return dial(ctx, "a")
}

// Retry ends the context of the last attempt only.
func Retry(parent context.Context, names []string) *conn {
	for _, n := range names {
		ctx, cancel := context.WithTimeout(parent, time.Second) // want "cancel, the cancel function of context.WithTimeout, is not called when the loop goes round again"
		c, err := dial(ctx, n)
		if err != nil {
			continue
		}
		cancel()
		return c
	}
	return nil
}

// RetryFixed ends the context of each attempt.
func RetryFixed(parent context.Context, names []string) *conn {
	for _, n := range names {
		ctx, cancel := context.WithTimeout(parent, time.Second)
		c, err := dial(ctx, n)
		cancel()
		if err == nil {
			return c
		}
	}
	return nil
}

// Watch may return before its goroutine is there to end the context.
func Watch(parent context.Context, name string) error {
	ctx, cancel := context.WithCancel(parent) // want "cancel, the cancel function of context.WithCancel, is not called when Watch returns at line 83"
	c, err := dial(ctx, name)
	if err != nil {
		return err
	}
	go func() {
		defer cancel()
		_, _ = dial(ctx, c.name)
	}()
	return nil
}

// Each dials within literals.
func Each(parent context.Context, names []string) func(i int) (*conn, error) {
	return func(i int) (*conn, error) {
		ctx, cancel := context.WithCancelCause(parent) // want "is not called when the function literal returns at line 97"
		if i >= len(names) {
			return nil, errors.New("no such name")
		}
		defer cancel(nil)
		return dial(ctx, names[i])
	}
}

// Choose has one cancel function of two contexts.
func Choose(parent context.Context, limit time.Duration) (*conn, error) {
	ctx, cancel := parent, context.CancelFunc(nil)
	if limit > 0 {
		ctx, cancel = context.WithTimeout(parent, limit)
	} else {
		ctx, cancel = context.WithCancel(parent)
	}
	defer cancel()
	return dial(ctx, "a")
}

// Early has said before what is to be done with the cancel function.
func Early(parent context.Context) (_ *conn, err error) {
	var cancel context.CancelFunc
	defer func() {
		if cancel != nil {
			cancel()
		}
	}()
	ctx := parent
	if parent.Err() == nil {
		ctx, cancel = context.WithCancel(parent)
	}
	if ctx.Value("a") != nil {
		return nil, errors.New("a is there")
	}
	return dial(ctx, "a")
}

// Failed has the cancel function called by a deferred literal if it fails.
func Failed(parent context.Context, name string) (_ *Client, err error) {
	ctx, cancel := context.WithCancel(parent)
	defer func() {
		if err != nil {
			cancel()
		}
	}()
	c, err := dial(ctx, name)
	if err != nil {
		return nil, err
	}
	return &Client{c, cancel}, nil
}

// Given gives the cancel function to its caller.
func Given(parent context.Context) (ctx context.Context, cancel context.CancelFunc) {
	ctx, cancel = context.WithTimeout(parent, time.Second)
	return
}

// Meant says that it does without.
func Meant(parent context.Context) (*conn, error) {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	_ = cancel
	return dial(ctx, "a")
}

// Must panics where it does not call the cancel function.
func Must(parent context.Context) *conn {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	c, err := dial(ctx, "a")
	if err != nil {
		panic(err)
	}
	cancel()
	return c
}

// Unused makes a context that nobody keeps before it knows whether it needs one.
func Unused(name string) (*conn, error) {
	ctx, cancel := context.WithCancel(context.Background())
	if name == "" {
		return nil, errors.New("no name")
	}
	defer cancel()
	return dial(ctx, name)
}

// Forever returns only when it panics.
func Forever(parent context.Context, names chan string) {
	ctx, cancel := context.WithCancel(parent)
	for n := range names {
		if n == "" {
			cancel()
			return
		}
		if _, err := dial(ctx, n); err != nil {
			panic(err)
		}
	}
	cancel()
}

// Within gives up after a minute, and says why it ends.
func Within(ctx context.Context, name string) (*conn, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	ctx, _ = context.WithTimeoutCause(ctx, time.Minute, errors.New("too late"))
	defer cancel(errors.New("done"))
	return dial(ctx, name)
}

// WithinParent gives up after a minute, and stays below its parent until then.
func WithinParent(parent context.Context, name string) (*conn, error) {
	ctx, _ := context.WithTimeoutCause(parent, time.Minute, errors.New("too late")) // want "is discarded"
	return dial(ctx, name)
}
