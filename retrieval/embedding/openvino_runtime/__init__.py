"""Models run by OpenVINO: conversion, tokens, batches."""
