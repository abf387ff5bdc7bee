package underlock

import "sync"

// Cache holds values that are refreshed in the background.
type Cache struct {
	mu      sync.RWMutex
	values  map[string]string
	refresh chan string
}

// NewCache returns a cache with a goroutine that loads values.
func NewCache(load func(key string) string) *Cache {
	c := &Cache{values: map[string]string{}, refresh: make(chan string)}
	go func() {
		for key := range c.refresh {
			v := load(key)
			c.mu.Lock()
			c.values[key] = v
			c.mu.Unlock()
		}
	}()
	return c
}

// Get returns the value of a key, which is loaded if there is none.
func (c *Cache) Get(key string) (string, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	v, ok := c.values[key]
	if !ok {
		c.refresh <- key // want `send on c\.refresh under c\.mu blocks for ever`
	}
	return v, ok
}

// Preload asks for all keys and returns those that were there.
func Preload(keys []string, load func(string) string) []string {
	c := NewCache(load)
	defer close(c.refresh)
	var found []string
	for _, k := range keys {
		if _, ok := c.Get(k); ok {
			found = append(found, k)
		}
	}
	return found
}

// CacheFixed holds values that are refreshed in the background.
type CacheFixed struct {
	mu      sync.RWMutex
	values  map[string]string
	refresh chan string
}

// NewCacheFixed returns a cache with a goroutine that loads values.
func NewCacheFixed(load func(key string) string) *CacheFixed {
	c := &CacheFixed{values: map[string]string{}, refresh: make(chan string)}
	go func() {
		for key := range c.refresh {
			v := load(key)
			c.mu.Lock()
			c.values[key] = v
			c.mu.Unlock()
		}
	}()
	return c
}

// Get returns the value of a key, which is loaded if there is none.
func (c *CacheFixed) Get(key string) (string, bool) {
	c.mu.RLock()
	v, ok := c.values[key]
	c.mu.RUnlock()
	if !ok {
		c.refresh <- key
	}
	return v, ok
}

// PreloadFixed asks for all keys and returns those that were there.
func PreloadFixed(keys []string, load func(string) string) []string {
	c := NewCacheFixed(load)
	defer close(c.refresh)
	var found []string
	for _, k := range keys {
		if _, ok := c.Get(k); ok {
			found = append(found, k)
		}
	}
	return found
}
