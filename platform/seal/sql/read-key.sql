select key from seal.key
