package timeout

import (
	"fmt"
	"time"
)

// Client talks to the licence server.
type Client struct {
	Timeout time.Duration
	Fetch   func(product string) (string, error)

	cached map[string]string
}

// Key returns the licence of a product.
func (c *Client) Key(product string) (string, error) {
	if key, ok := c.cached[product]; ok {
		return key, nil
	}
	timeout := c.Timeout
	if timeout <= 0 {
		timeout = 5 * time.Second
	}
	timer := time.NewTimer(timeout)
	defer timer.Stop()
	keys := c.request(product)
	select {
	case key, ok := <-keys:
		if !ok {
			return "", fmt.Errorf("no licence for %s", product)
		}
		if c.cached == nil {
			c.cached = make(map[string]string)
		}
		c.cached[product] = key
		return key, nil
	case <-timer.C:
		return "", fmt.Errorf("licence of %s: no answer after %v", product, timeout)
	}
}

func (c *Client) request(product string) <-chan string {
	keys := make(chan string)
	go func() {
		defer close(keys)
		key, err := c.Fetch(product)
		if err != nil {
			return
		}
		keys <- key // want "send on keys blocks for ever"
	}()
	return keys
}

// ClientFixed talks to the licence server.
type ClientFixed struct {
	Timeout time.Duration
	Fetch   func(product string) (string, error)

	cached map[string]string
}

// Key returns the licence of a product.
func (c *ClientFixed) Key(product string) (string, error) {
	if key, ok := c.cached[product]; ok {
		return key, nil
	}
	timeout := c.Timeout
	if timeout <= 0 {
		timeout = 5 * time.Second
	}
	timer := time.NewTimer(timeout)
	defer timer.Stop()
	keys := c.request(product)
	select {
	case key, ok := <-keys:
		if !ok {
			return "", fmt.Errorf("no licence for %s", product)
		}
		if c.cached == nil {
			c.cached = make(map[string]string)
		}
		c.cached[product] = key
		return key, nil
	case <-timer.C:
		return "", fmt.Errorf("licence of %s: no answer after %v", product, timeout)
	}
}

func (c *ClientFixed) request(product string) <-chan string {
	keys := make(chan string, 1)
	go func() {
		defer close(keys)
		key, err := c.Fetch(product)
		if err != nil {
			return
		}
		keys <- key
	}()
	return keys
}
