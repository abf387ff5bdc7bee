package deadctx

import "context"

type outbox struct {
	msgs chan string
	sent []string
}

func (o *outbox) deliver(ctx context.Context, send func(string) error) {
	for {
		select { // want "select blocks for ever"
		case m := <-o.msgs:
			if send(m) == nil {
				o.sent = append(o.sent, m)
			}
		case <-ctx.Done():
			return
		}
	}
}

// Publish delivers the messages even if ctx ends in the meantime.
func Publish(ctx context.Context, msgs []string, send func(string) error) {
	o := &outbox{msgs: make(chan string)}
	go o.deliver(context.WithoutCancel(ctx), send)
	for _, m := range msgs {
		o.msgs <- m
	}
}

type outboxFixed struct {
	msgs chan string
	sent []string
}

func (o *outboxFixed) deliver(ctx context.Context, send func(string) error) {
	for {
		select {
		case m := <-o.msgs:
			if send(m) == nil {
				o.sent = append(o.sent, m)
			}
		case <-ctx.Done():
			return
		}
	}
}

// PublishFixed delivers the messages even if ctx ends in the meantime.
func PublishFixed(ctx context.Context, msgs []string, send func(string) error) {
	o := &outboxFixed{msgs: make(chan string)}
	detached, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	go o.deliver(detached, send)
	for _, m := range msgs {
		o.msgs <- m
	}
}
