package cond

import "sync"

type mailbox struct {
	mu    sync.Mutex
	fresh *sync.Cond
	mails []string
}

func (b *mailbox) put(m string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.mails = append(b.mails, m)
}

func (b *mailbox) take() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.mails) == 0 {
		b.fresh.Wait() // also deadlock "b.fresh.Wait under b.mu blocks for ever" // want "b.fresh.Wait blocks for ever"
	}
	m := b.mails[0]
	b.mails = b.mails[1:]
	return m
}

// Deliver passes n mails from a postman to a reader.
func Deliver(n int, write func(i int) string, read func(string)) {
	b := new(mailbox)
	b.fresh = sync.NewCond(&b.mu)
	var wg sync.WaitGroup
	wg.Go(func() {
		for range n {
			read(b.take())
		}
	})
	for i := range n {
		b.put(write(i))
	}
	wg.Wait()
}

type mailboxFixed struct {
	mu    sync.Mutex
	fresh *sync.Cond
	mails []string
}

func (b *mailboxFixed) put(m string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.mails = append(b.mails, m)
	b.fresh.Signal()
}

func (b *mailboxFixed) take() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.mails) == 0 {
		b.fresh.Wait()
	}
	m := b.mails[0]
	b.mails = b.mails[1:]
	return m
}

// DeliverFixed passes n mails from a postman to a reader.
func DeliverFixed(n int, write func(i int) string, read func(string)) {
	b := new(mailboxFixed)
	b.fresh = sync.NewCond(&b.mu)
	var wg sync.WaitGroup
	wg.Go(func() {
		for range n {
			read(b.take())
		}
	})
	for i := range n {
		b.put(write(i))
	}
	wg.Wait()
}
