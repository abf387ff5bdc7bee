package once

import "sync"

// Config is read when it is first needed.
type Config struct {
	Read func() (map[string]string, error)

	once   sync.Once
	values map[string]string
}

// Get returns a value.
func (c *Config) Get(key string) string {
	c.once.Do(c.load) // also deadlock "Do of c.once by Config.load" // missed "c.once.* blocks for ever"
	return c.values[key]
}

func (c *Config) load() {
	values, err := c.Read()
	if err != nil {
		values = map[string]string{}
	}
	c.values = values
	if c.Get("profile") == "" {
		c.values["profile"] = "default"
	}
}

// ConfigFixed is read when it is first needed.
type ConfigFixed struct {
	Read func() (map[string]string, error)

	once   sync.Once
	values map[string]string
}

// Get returns a value.
func (c *ConfigFixed) Get(key string) string {
	c.once.Do(c.load)
	return c.values[key]
}

func (c *ConfigFixed) load() {
	values, err := c.Read()
	if err != nil {
		values = map[string]string{}
	}
	c.values = values
	if c.values["profile"] == "" {
		c.values["profile"] = "default"
	}
}
