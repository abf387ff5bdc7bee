package forgotten

import (
	"sync"
	"time"
)

// Cache keeps values for a while.
type Cache struct {
	mu     sync.Mutex
	values map[string]string
	done   chan struct{}
}

// NewCache returns a cache that is swept at intervals.
func NewCache(ttl time.Duration) *Cache {
	c := &Cache{values: map[string]string{}, done: make(chan struct{})}
	go c.sweep(ttl)
	return c
}

func (c *Cache) sweep(ttl time.Duration) {
	tick := time.NewTicker(ttl)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			c.mu.Lock()
			clear(c.values)
			c.mu.Unlock()
		case <-c.done:
			return
		}
	}
}

// Get returns a value, loading it if need be.
func (c *Cache) Get(key string, load func(string) (string, error)) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if v, ok := c.values[key]; ok {
		return v, nil
	}
	v, err := load(key)
	if err == nil {
		c.values[key] = v
	}
	return v, err
}

// Close ends the sweeping.
func (c *Cache) Close() { close(c.done) }

// Warm loads the values of several keys, each of them once.
func Warm(keys []string, load func(string) (string, error)) (map[string]string, error) {
	c := NewCache(time.Minute) // want "NewCache starts never ends.*: Close would end it"
	out := make(map[string]string, len(keys))
	for _, k := range keys {
		v, err := c.Get(k, load)
		if err != nil {
			return nil, err
		}
		out[k] = v
	}
	return out, nil
}

// CacheFixed keeps values for a while.
type CacheFixed struct {
	mu     sync.Mutex
	values map[string]string
	done   chan struct{}
}

// NewCacheFixed returns a cache that is swept at intervals.
func NewCacheFixed(ttl time.Duration) *CacheFixed {
	c := &CacheFixed{values: map[string]string{}, done: make(chan struct{})}
	go c.sweep(ttl)
	return c
}

func (c *CacheFixed) sweep(ttl time.Duration) {
	tick := time.NewTicker(ttl)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			c.mu.Lock()
			clear(c.values)
			c.mu.Unlock()
		case <-c.done:
			return
		}
	}
}

// Get returns a value, loading it if need be.
func (c *CacheFixed) Get(key string, load func(string) (string, error)) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if v, ok := c.values[key]; ok {
		return v, nil
	}
	v, err := load(key)
	if err == nil {
		c.values[key] = v
	}
	return v, err
}

// Close ends the sweeping.
func (c *CacheFixed) Close() { close(c.done) }

// WarmFixed loads the values of several keys, each of them once.
func WarmFixed(keys []string, load func(string) (string, error)) (map[string]string, error) {
	c := NewCacheFixed(time.Minute)
	defer c.Close()
	out := make(map[string]string, len(keys))
	for _, k := range keys {
		v, err := c.Get(k, load)
		if err != nil {
			return nil, err
		}
		out[k] = v
	}
	return out, nil
}
