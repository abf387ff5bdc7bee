package crosspkg

import (
	"errors"
	"fmt"
	"time"

	"example.com/corpus/goroutineleak/crosspkg/feed"
)

// Quote asks for a price but does not wait for long.
func Quote(ask func() (int, error), patience time.Duration) (int, error) {
	price := feed.Async(ask) // want "blocks for ever"
	select {
	case p := <-price:
		if p.Err != nil {
			return 0, fmt.Errorf("quote: %w", p.Err)
		}
		return p.Value, nil
	case <-time.After(patience):
		return 0, errors.New("quote: no answer")
	}
}

// QuoteFixed asks for a price but does not wait for long.
func QuoteFixed(ask func() (int, error), patience time.Duration) (int, error) {
	price := feed.Future(ask)
	select {
	case p := <-price:
		if p.Err != nil {
			return 0, fmt.Errorf("quote: %w", p.Err)
		}
		return p.Value, nil
	case <-time.After(patience):
		return 0, errors.New("quote: no answer")
	}
}
